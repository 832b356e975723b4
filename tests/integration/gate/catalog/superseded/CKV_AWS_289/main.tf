resource "aws_iam_policy" "s3_putbucketpolicy" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["s3:PutBucketPolicy"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "s3_putaccountpublicaccessblock" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["s3:PutAccountPublicAccessBlock"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "iam_updateaccountpasswordpolicy" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:UpdateAccountPasswordPolicy"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "ram_createresourceshare" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ram:CreateResourceShare"], Resource = "*" }] })
}
resource "aws_iam_role_policy" "kms_creategrant" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kms:CreateGrant"], Resource = "*" }] })
}
resource "aws_iam_policy" "lambda_addpermission" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["lambda:AddPermission"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "organizations_leaveorganization" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["organizations:LeaveOrganization"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "sns_addpermission" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sns:AddPermission"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "ec2_modifysnapshotattribute" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ec2:ModifySnapshotAttribute"], Resource = "*" }] })
}
resource "aws_iam_role_policy" "logs_putresourcepolicy" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["logs:PutResourcePolicy"], Resource = "*" }] })
}
resource "aws_iam_policy" "iam_createservicelinkedrole" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:CreateServiceLinkedRole"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "sqs_setqueueattributes" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sqs:SetQueueAttributes"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "ecr_setrepositorypolicy" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ecr:SetRepositoryPolicy"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "glue_putresourcepolicy" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["glue:PutResourcePolicy"], Resource = "*" }] })
}
resource "aws_iam_role_policy" "events_putpermission" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["events:PutPermission"], Resource = "*" }] })
}
resource "aws_iam_policy" "cloudformation_setstackpolicy" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["cloudformation:SetStackPolicy"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "iam_deletevirtualmfadevice" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:DeleteVirtualMFADevice"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "quicksight_createadmin" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["quicksight:CreateAdmin"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "sso_createaccountassignment" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sso:CreateAccountAssignment"], Resource = "*" }] })
}
resource "aws_iam_role_policy" "lakeformation_grantpermissions" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["lakeformation:GrantPermissions"], Resource = "*" }] })
}
resource "aws_iam_policy" "waf_putpermissionpolicy" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["waf:PutPermissionPolicy"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "xray_putresourcepolicy" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["xray:PutResourcePolicy"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "ssm_modifydocumentpermission" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ssm:ModifyDocumentPermission"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "rds_authorizedbsecuritygroupingress" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["rds:AuthorizeDBSecurityGroupIngress"], Resource = "*" }] })
}
resource "aws_iam_role_policy" "kms_createkey" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kms:CreateKey"], Resource = "*" }] })
}
