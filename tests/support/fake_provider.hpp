#pragma once

#include "base/time.hpp"
#include "oidc/settings.hpp"
#include "support/scripted_server.hpp"
#include "support/signing_key.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace support {

/// A provider of OpenID Connect on loopback that does what a test tells it to. It is as strict as a real one with codes
/// and PKCE: each code works once, for who asked for it.
class FakeProvider
{
  public:
    explicit FakeProvider(const base::Clock& clock);

    /// A client of this provider: desk → representative, leads → supervisor, admins → administrator.
    oidc::Settings settings() const;
    std::string issuer() const { return server_->origin(); }

    /// What a person does there: sign in at the URL that the site led to. Returns the path and query by which the
    /// browser comes back.
    std::string let_in(std::string_view departure_url);
    /// The same, without signing in.
    std::string cancel(std::string_view departure_url, std::string_view error = "access_denied") const;

    /// Claims of the tokens, as JSON; an empty one is left out. "nonce", "iat", "exp" are made when they are not here.
    std::map<std::string, std::string> claims;
    /// Members of the metadata, as JSON, over the usual ones.
    std::map<std::string, std::string> metadata;
    /// The header of tokens.
    std::string algorithm = "RS256";
    std::string key_id = "rsa";
    /// Makes a token of header and payload in another way than signing it with the key of key_id.
    std::function<std::string(const std::string& header, const std::string& payload)> make_token;
    /// Members of the JWKS.
    std::vector<std::string> keys;
    /// Every answer is this one, if it is not empty.
    std::string answer_instead;
    /// Every answer comes so late.
    std::atomic<std::chrono::milliseconds> delay = std::chrono::milliseconds(0);

    /// Requests so far whose target begins so.
    std::size_t count(std::string_view target) const;
    /// The last ID token.
    std::string last_token() const;

    static const SigningKey& rsa();
    static const SigningKey& ec();

  private:
    struct Asked
    {
        std::map<std::string, std::string> query;
        bool is_used = false;
    };
    std::string serve(const Seen& request);
    std::string metadata_json() const;
    std::string redeem(const Seen& request);
    std::string token_for(const std::string& nonce);

    const base::Clock& clock_;
    mutable std::mutex mutex_;
    std::map<std::string, Asked> codes_;
    std::string last_token_;
    std::unique_ptr<ScriptedServer> server_;
};

} // namespace support
