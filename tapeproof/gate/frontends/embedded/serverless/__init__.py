"""What AWS SAM makes of the types of its own, in the terms of CloudFormation."""
