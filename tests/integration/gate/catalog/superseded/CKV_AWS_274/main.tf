locals { admin = "arn:aws:iam::aws:policy/AdministratorAccess" }
resource "aws_iam_role" "list" {
  name                = "r"
  assume_role_policy  = "{}"
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}
resource "aws_iam_policy_attachment" "a" {
  name       = "a"
  roles      = ["r"]
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
resource "aws_iam_role_policy_attachment" "a" {
  role       = "r"
  policy_arn = local.admin
}
resource "aws_iam_user_policy_attachment" "a" {
  user       = "u"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
resource "aws_iam_group_policy_attachment" "a" {
  group      = "g"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
resource "aws_ssoadmin_managed_policy_attachment" "a" {
  instance_arn       = "i"
  permission_set_arn = "p"
  managed_policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
resource "aws_iam_role" "string" {
  name                = "s"
  assume_role_policy  = "{}"
  managed_policy_arns = [local.admin, "arn:aws:iam::111122223333:policy/p"]
}
resource "aws_iam_group_policy_attachment" "many" {
  for_each   = toset(["arn:aws:iam::aws:policy/AdministratorAccess"])
  group      = "g"
  policy_arn = each.value
}
