"""What-if copies of the plan: steps that change them, what they differ in, and their way into a version."""
