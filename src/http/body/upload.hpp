#pragma once

#include "base/file.hpp"
#include "http/request.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <openssl/evp.h>
#include <optional>
#include <string_view>

namespace http {

/// Writes one uploaded file to the temporary directory and hashes it while it arrives. A truncated file is removed when
/// its writer is destroyed.
class UploadWriter
{
  public:
    /// Create a file with a random name that only this user may read; check is_broken() afterwards.
    UploadWriter(const std::filesystem::path& directory, std::uint64_t limit);

    void write(std::string_view bytes);
    /// True when the disk refused the bytes; the cause is logged.
    bool is_broken() const { return is_broken_; }
    bool is_empty() const { return file_.size == 0; }
    /// Return the finished file; `too_large` and without path when it exceeded the limit. The bytes may not be on disk
    /// yet.
    UploadedFile finish();
    /// The open file, for fdatasync; none when nothing was kept.
    base::Descriptor take_descriptor() { return std::move(descriptor_); }

  private:
    struct FreeDigest
    {
        void operator()(EVP_MD_CTX* digest) const { EVP_MD_CTX_free(digest); }
    };

    std::uint64_t limit_;
    base::Descriptor descriptor_;
    UploadedFile file_;
    std::unique_ptr<EVP_MD_CTX, FreeDigest> digest_;
    bool is_broken_ = false;

    void fail(std::string_view what);
    void discard();
};

} // namespace http
