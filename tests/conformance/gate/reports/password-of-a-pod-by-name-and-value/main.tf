resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    spec:
      containers:
        - name: app
          env:
            - name: DB_PASSWORD
              value: Tr4de-W1nd-t6BRmE
  EOT
}
