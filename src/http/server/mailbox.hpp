#pragma once

#include "http/answer/prepare.hpp"
#include "http/asio.hpp"
#include "http/server/server.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace http {

class Connection;
class HeavyJob;

/// Lets other threads reach an io thread while it lives; afterwards its functions do nothing.
class Gate
{
  public:
    explicit Gate(asio::io_context& context) : context_(&context) {}

    template <typename Job>
    void post(Job job)
    {
        const std::lock_guard lock(mutex_);
        if (context_ != nullptr)
            asio::post(*context_, std::move(job));
    }
    void close()
    {
        const std::lock_guard lock(mutex_);
        context_ = nullptr;
    }

  private:
    std::mutex mutex_;
    asio::io_context* context_;
};

/// A connection as other threads see it: it outlives the connection, and whatever arrives too late is dropped.
class Mailbox final : public Responder::Target, public std::enable_shared_from_this<Mailbox>
{
  public:
    Mailbox(std::shared_ptr<Gate> gate, Connection& connection) : gate_(std::move(gate)), connection_(&connection) {}

    /// Io thread: set what the next answer depends on. Called before the request is passed on.
    void expect(Conditions conditions, std::string request_id)
    {
        conditions_ = std::move(conditions);
        request_id_ = std::move(request_id);
    }
    /// Io thread: note that the connection has ended.
    void detach() { connection_ = nullptr; }

    /// Prepare the answer on the calling thread and pass it to the connection.
    void respond(Response response) override;
    void abandon() override;
    /// From any thread: let the connection check again what it waits for.
    void wake();
    /// From any thread: mark the job as done, on the io thread, and wake the connection.
    void finish(std::shared_ptr<HeavyJob> job);

  private:
    std::shared_ptr<Gate> gate_;
    Connection* connection_;
    Conditions conditions_;
    std::string request_id_;

    void deliver(std::optional<Prepared> prepared);
};

} // namespace http
