"""What each person does in the browser, step by step, through labels and buttons."""
