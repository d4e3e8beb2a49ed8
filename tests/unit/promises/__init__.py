"""What is promised when, told in lines that anybody can read."""
