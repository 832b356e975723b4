resource "aws_ssoadmin_managed_policy_attachments_exclusive" "a" {
  instance_arn        = "arn:aws:sso:::instance/ssoins-1"
  permission_set_arn  = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}
