resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    keys:
      - kty: EC
        crv: P-256
        x: GKw-c0PwFokMUQ6T-TUmEWnZ4_VlQ2Qpgw-vCTT0-OQ
        y: GKw-c0PwFokMUQ6T-TUmEWnZ4_VlQ2Qpgw-vCTT0-OQ
        d: GKw-c0PwFokMUQ6T-TUmEWnZ4_VlQ2Qpgw-vCTT0-OQ
  EOT
}
