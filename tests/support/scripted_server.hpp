#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace support {

/// What a client of ours sent.
struct Seen
{
    std::string method;
    std::string target;
    /// Names in lower case.
    std::map<std::string, std::string> headers;
    std::string body;
};

/// An HTTP server on loopback that answers what a test tells it to: a stand-in for servers of others that misbehave.
class ScriptedServer
{
  public:
    /// Whole answers, head and body, as they go over the wire; empty: the connection is cut.
    using Script = std::function<std::string(const Seen&)>;

    explicit ScriptedServer(Script script);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    std::string origin() const;
    /// Requests whose head has arrived so far.
    std::vector<Seen> seen() const;
    /// From now on connections are cut when so many bytes of a body have come.
    void cut_bodies_after(std::size_t bytes);

    static std::string answer(int status, std::string_view body, std::string_view headers = {});

  private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

} // namespace support
