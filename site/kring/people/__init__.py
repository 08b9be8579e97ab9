"""Users, profiles, teams, skills; sign-in and privacy."""
