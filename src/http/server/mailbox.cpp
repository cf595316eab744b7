#include "http/server/mailbox.hpp"

#include "base/log.hpp"
#include "http/server/connection.hpp"

#include <exception>
#include <fmt/format.h>

namespace http {

void Mailbox::respond(Response response)
{
    const base::log::RequestScope scope(request_id_);
    std::optional<Prepared> prepared;
    try {
        prepared = prepare(std::move(response), conditions_);
    } catch (const std::exception& error) {
        base::log::error(fmt::format("cannot prepare a response: {}", error.what()));
    }
    deliver(std::move(prepared));
}

void Mailbox::abandon()
{
    const base::log::RequestScope scope(request_id_);
    base::log::error("a request was dropped without an answer");
    deliver(std::nullopt);
}

void Mailbox::deliver(std::optional<Prepared> prepared)
{
    gate_->post([self = shared_from_this(), answer = std::move(prepared)]() mutable {
        if (self->connection_ != nullptr)
            self->connection_->take_answer(std::move(answer));
    });
}

void Mailbox::wake()
{
    gate_->post([self = shared_from_this()] {
        if (self->connection_ != nullptr)
            self->connection_->wake();
    });
}

void Mailbox::finish(std::shared_ptr<HeavyJob> job)
{
    gate_->post([self = shared_from_this(), done = std::move(job)] {
        done->is_done = true;
        if (self->connection_ != nullptr)
            self->connection_->wake();
    });
}

} // namespace http
