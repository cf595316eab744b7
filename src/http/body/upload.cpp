#include "http/body/upload.hpp"

#include "base/crypto.hpp"
#include "base/log.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <new>
#include <unistd.h>

namespace http {

UploadWriter::UploadWriter(const std::filesystem::path& directory, std::uint64_t limit)
    : limit_(limit), digest_(EVP_MD_CTX_new())
{
    if (!digest_ || EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr) != 1)
        throw std::bad_alloc();
    const auto path = directory / base::random_token();
    descriptor_ = base::Descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!descriptor_) {
        fail("create");
        return;
    }
    base::lock_for_writing(descriptor_);
    file_.path = path;
}

void UploadWriter::write(std::string_view bytes)
{
    file_.size += bytes.size();
    if (file_.size > limit_ && !file_.too_large) {
        file_.too_large = true;
        discard();
    }
    if (!descriptor_)
        return;
    EVP_DigestUpdate(digest_.get(), bytes.data(), bytes.size());
    while (!bytes.empty()) {
        const auto written = ::write(descriptor_.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            fail("write");
            return;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

UploadedFile UploadWriter::finish()
{
    std::array<unsigned char, 32> bytes{};
    EVP_DigestFinal_ex(digest_.get(), bytes.data(), nullptr);
    if (!file_.path.empty())
        file_.sha256 = base::hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    return std::move(file_);
}

void UploadWriter::fail(std::string_view what)
{
    base::log::error(fmt::format("cannot {} an uploaded file: {}", what, std::strerror(errno)));
    is_broken_ = true;
    discard();
}

void UploadWriter::discard()
{
    descriptor_.close();
    std::error_code ignored;
    if (!file_.path.empty())
        std::filesystem::remove(file_.path, ignored);
    file_.path.clear();
}

} // namespace http
