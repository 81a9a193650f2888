"""What the findings say, a file for each sort."""
