resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    [Interface]
    PrivateKey = mdOCxeOQxNVCPwanqyfoyGPRLiUtcRZ2PbXpNTVBmRA=
    Address = 10.0.0.1/24
  EOT
}
