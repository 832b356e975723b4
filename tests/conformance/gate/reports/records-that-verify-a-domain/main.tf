resource "aws_route53_record" "txt" {
  zone_id = "Z2FDTNDATAQYW2"
  name    = "example.com"
  type    = "TXT"
  ttl     = 300
  records = [
    "google-site-verification=rXOxyZounnZasA8Z7oaD3c14JdjS9aKSWvsR1EbUSIQ",
    "atlassian-domain-verification=kW9Zb3Lq7Xv2Hs6Jd4Gp0Fc8Ta1Ue3KiRt5Yb9Lm2Xv",
    "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC7vbqajDw4o6gJy8UtmIbkcpnkO3Kwc4qsEnSZp",
    "docusign=0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
  ]
}

resource "aws_route53_record" "acm" {
  zone_id = "Z2FDTNDATAQYW2"
  name    = "_a79865eb4cd1a6ab990a45779b4e0b96.example.com"
  type    = "CNAME"
  ttl     = 300
  records = ["_424c7224e9b0146f9a8808af955727d0.hkmpvcwbzw.acm-validations.aws."]
}
