resource "aws_efs_file_system_policy" "x" {
  file_system_id = "fs-0123456789abcdef0"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "*" }, Action = ["elasticfilesystem:ClientMount"], Resource = "arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/fs-0123456789abcdef0", Condition = { Bool = { "elasticfilesystem:AccessedViaMountTarget" = "false" } } },
    ]
  })
}
