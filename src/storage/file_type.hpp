#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace storage {

/// The type that the first bytes claim, of those we take; nothing for any other.
std::optional<std::string_view> type_by_signature(std::string_view first_bytes);

/// Says what a file really is: libmagic and our own signatures must agree. Thread-safe; loads libmagic's rules on first
/// use.
class TypeDetector
{
  public:
    TypeDetector();
    ~TypeDetector();
    TypeDetector(const TypeDetector&) = delete;
    TypeDetector& operator=(const TypeDetector&) = delete;

    /// Nothing for a type we do not take. Throws std::runtime_error when libmagic's rules cannot be loaded.
    std::optional<std::string> detect(const std::filesystem::path& file);

  private:
    struct Magic;
    std::unique_ptr<Magic> magic_;
};

} // namespace storage
