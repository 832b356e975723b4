resource "aws_efs_file_system_policy" "open" {
  file_system_id = "fs-1"
  policy         = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "elasticfilesystem:ClientMount", Resource = "*" }] })
}
