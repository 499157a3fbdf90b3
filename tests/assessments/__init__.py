"""Panels, assessments, agreement and release."""
