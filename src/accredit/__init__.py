"""Accredit runs peer-assessed professional accreditation from registration to renewal."""
