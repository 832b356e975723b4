# AWS Organizations User Guide, "Service control policies": they give no rights.
resource "aws_organizations_policy" "ceiling" {
  name    = "ceiling"
  content = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

# AWS Transfer Family User Guide, "Creating a session policy".
resource "aws_transfer_user" "desk" {
  server_id = "s-0123456789abcdef0"
  user_name = "desk"
  role      = "arn:aws:iam::123456789012:role/desk"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}

# IAM Roles Anywhere API Reference, CreateProfile.
resource "aws_rolesanywhere_profile" "onsite" {
  name           = "onsite"
  role_arns      = ["arn:aws:iam::123456789012:role/onsite"]
  session_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
