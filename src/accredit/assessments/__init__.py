"""Panels, appointments, assessments, agreement, outcomes, conflicts."""
