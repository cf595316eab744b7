#pragma once

#include "base/file.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace commands::import_django {

/// The directory of uploaded files. Names come from a database that we do not trust: nothing outside the directory is
/// opened, and no symbolic link inside it is followed.
class Media
{
  public:
    /// Throws Refused when it is no directory.
    explicit Media(std::filesystem::path root);

    struct Opened
    {
        base::Descriptor file;
        std::uint64_t size = 0;
        std::filesystem::path path;
    };
    /// The file for reading, however the disk spells its accents; otherwise nothing and the reason in words.
    std::optional<Opened> open(std::string_view name, std::string& reason) const;
    /// The name without empty and "." parts; nothing for one that would lead out of the directory.
    static std::optional<std::string> normal_name(std::string_view name);
    /// Tells every plain file's normal name, in order; symbolic links are not followed.
    void walk(const std::function<void(const std::string& name)>& told) const;

  private:
    std::optional<Opened> open_normal(const std::string& name, std::string& reason) const;

    std::filesystem::path root_;
};

} // namespace commands::import_django
