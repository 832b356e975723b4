"""Resources written in CloudFormation's terms inside Terraform: templates, Cloud Control and the ``awscc`` provider."""
