resource "aws_fsx_windows_file_system" "w" {
  subnet_ids          = ["subnet-1"]
  throughput_capacity = 32
  self_managed_active_directory {
    dns_ips     = ["10.0.0.1"]
    domain_name = "corp.example.com"
    username    = "join"
    password    = "Kq7-vT3x9Lm2Zr"
  }
}
