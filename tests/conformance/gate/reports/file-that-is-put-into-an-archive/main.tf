data "archive_file" "z" {
  type        = "zip"
  output_path = "z.zip"
  source {
    filename = ".env"
    content  = "DB_PASSWORD=Kq7-vT3x9Lm2Zr"
  }
}
