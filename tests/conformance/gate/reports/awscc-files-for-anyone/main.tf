resource "awscc_efs_file_system" "f" {
  file_system_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "elasticfilesystem:ClientMount" }] })
}
