terraform {
  backend "pg" {
    conn_str = "postgres://ci:Gr33n-Apple-77@db.internal/terraform"
  }
}
