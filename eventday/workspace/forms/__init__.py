"""What organisers type into their pages."""
