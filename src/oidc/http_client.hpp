#pragma once

#include "oidc/settings.hpp"

#include <string>

namespace oidc {

struct HttpAnswer
{
    /// 0 when there was no whole answer; `failure` then says why in words.
    long status = 0;
    std::string body = {};
    std::string failure = {};
};

/// Asks the provider. Thread-safe. Certificates are verified, redirections are not followed, an answer has at most 256
/// KiB, and only URLs that is_safe_url() allows are asked.
class HttpClient
{
  public:
    explicit HttpClient(const Settings& settings);

    HttpAnswer get(const std::string& url) const;
    /// A form, encoded; `authorization` is the header's value, empty for none.
    HttpAnswer post(const std::string& url, const std::string& form, const std::string& authorization) const;

  private:
    struct Call;
    HttpAnswer send(const Call& call) const;

    const Settings& settings_;
};

} // namespace oidc
