resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    [Peer]
    PublicKey = mdOCxeOQxNVCPwanqyfoyGPRLiUtcRZ2PbXpNTVBmRA=
    AllowedIPs = 10.0.0.2/32
  EOT
}
