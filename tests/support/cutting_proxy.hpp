#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace support {

/// Stands between a program and the PostgreSQL server of a URL, on a loopback port of its own, and cuts the connection
/// where it is told to.
class CuttingProxy
{
  public:
    enum class Cut : std::uint8_t
    {
        Nowhere,
        /// The server never gets what holds the word.
        Before,
        /// The same, and the program hears nothing for 2.2 seconds before the connection ends.
        Late,
        /// The server gets it and answers; the program never hears of it.
        After
    };

    explicit CuttingProxy(const std::string& url);
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;
    ~CuttingProxy();

    /// The URL that leads through the proxy.
    const std::string& url() const { return url_; }
    /// The next time that something sent to the server holds the word, in lower case; once.
    void cut(Cut where, std::string word);
    /// New connections are closed at once, until false.
    void refuse(bool refuses) { refuses_ = refuses; }

  private:
    struct Pair;

    void accept_all();
    void forward(Pair& pair);
    bool pass_on(Pair& pair);
    Cut where_to_cut(std::string chunk);
    int connect_to_server() const;

    std::string server_;
    std::string url_;
    int listener_ = -1;
    std::atomic<bool> refuses_ = false;
    std::atomic<bool> stopping_ = false;
    std::mutex mutex_;
    Cut where_ = Cut::Nowhere;
    std::string word_;
    std::vector<std::jthread> forwarders_;
    std::jthread acceptor_;
};

} // namespace support
