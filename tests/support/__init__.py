"""What tests stand on: databases, a cast of people, and a visitor who reads pages."""
