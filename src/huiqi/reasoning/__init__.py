"""What rules mean: the reference interpreter, its explanation, and what follows from it."""
