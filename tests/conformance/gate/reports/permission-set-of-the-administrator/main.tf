data "aws_partition" "here" {}
data "aws_ssoadmin_instances" "main" {}

resource "aws_ssoadmin_managed_policy_attachment" "desk" {
  instance_arn       = tolist(data.aws_ssoadmin_instances.main.arns)[0]
  managed_policy_arn = format("arn:%s:iam::aws:policy/%s", data.aws_partition.here.partition, "AdministratorAccess")
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1111111111111111/ps-1111111111111111"
}
