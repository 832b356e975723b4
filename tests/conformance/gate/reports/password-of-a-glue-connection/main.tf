resource "aws_glue_connection" "db" {
  name = "db"
  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:mysql://db.internal/feeds"
    USERNAME            = "loader"
    PASSWORD            = "Gr33n-Apple-77"
  }
}
