"""Programmes, enrolment, matching, pairings."""
