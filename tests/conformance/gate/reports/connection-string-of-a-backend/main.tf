terraform {
  backend "pg" {
    conn_str = "postgres://terraform:Sup3rS3cr3t99@db.example.com/terraform_backend"
  }
}
