resource "aws_fsx_windows_file_system" "f" {
  storage_capacity    = 32
  subnet_ids          = ["subnet-1"]
  throughput_capacity = 8
  self_managed_active_directory {
    dns_ips     = ["10.0.0.2"]
    domain_name = "corp.example.com"
    username    = "Admin"
    password    = "Tr0ub4dor&3-horse"
  }
}
