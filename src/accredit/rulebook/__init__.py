"""The rules of accreditation: pure Python over small frozen facts, no database, no clock."""
