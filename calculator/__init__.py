"""What rules mean: compiled rules and the facts of an applicant go in, exact answers with their reasons come out."""
