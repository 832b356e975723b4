data "aws_iam_policy_document" "iam_createaccesskey" {
  statement {
    actions   = ["iam:CreateAccessKey"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "sts_assumerole" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "ec2_getpassworddata" {
  statement {
    actions   = ["ec2:GetPasswordData"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "s3_putbucketpolicy" {
  statement {
    actions   = ["s3:PutBucketPolicy"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "kms_creategrant" {
  statement {
    actions   = ["kms:CreateGrant"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "sns_addpermission" {
  statement {
    actions   = ["sns:AddPermission"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "dynamodb_putitem" {
  statement {
    actions   = ["dynamodb:PutItem"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "logs_createloggroup" {
  statement {
    actions   = ["logs:CreateLogGroup"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "s3_listbucket" {
  statement {
    actions   = ["s3:ListBucket"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "kms_describekey" {
  statement {
    actions   = ["kms:DescribeKey"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "cloudwatch_describealarms" {
  statement {
    actions   = ["cloudwatch:DescribeAlarms"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "xray_puttracesegments" {
  statement {
    actions   = ["xray:PutTraceSegments"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "ec2_runinstances" {
  statement {
    actions   = ["ec2:RunInstances"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "glue_gettables" {
  statement {
    actions   = ["glue:GetTables"]
    resources = ["*"]
  }
}
