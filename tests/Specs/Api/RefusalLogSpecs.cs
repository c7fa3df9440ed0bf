using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;
using TreasureHunt.Api.Problems;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Requests refused for their token, their rights or their rate can be seen afterwards, and cannot flood the log.</summary>
public class RefusalLogSpecs
{
    private readonly RefusalLines _lines = new();

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(429)]
    public void A_refused_request_leaves_a_line_with_route_address_and_token(int status)
    {
        using var log = new RefusalLog(_lines);

        log.Note(Answered(status));

        Assert.Equal(
            $"Refused with {status}: POST /v1/hunts/{{huntId}}/pause from 192.0.2.7, subject mallory, token id-1; 0 such lines were omitted before", Assert.Single(_lines));
    }

    [Fact]
    public void A_request_without_a_token_has_none_in_its_line()
    {
        using var log = new RefusalLog(_lines);
        var http = Answered(401);
        http.User = new ClaimsPrincipal();
        http.Request.Headers.Authorization = default;

        log.Note(http);

        Assert.Contains("subject none, token none", Assert.Single(_lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(503)]
    public void Another_answer_leaves_none(int status)
    {
        using var log = new RefusalLog(_lines);

        log.Note(Answered(status));

        Assert.Empty(_lines);
    }

    [Fact]
    public void A_flood_of_refusals_leaves_ten_lines_and_the_number_of_the_others()
    {
        using var log = new RefusalLog(_lines);

        // However slow the machine is: it is over when a line tells of omitted ones.
        for (var n = 0; n < 1_000_000
            && !_lines.Exists(line => !line.EndsWith(" 0 such lines were omitted before", StringComparison.Ordinal)); n++)
        {
            log.Note(Answered(429));
        }

        Assert.InRange(
            _lines.FindIndex(line => !line.EndsWith(" 0 such lines were omitted before", StringComparison.Ordinal)),
            RefusalLog.LinesPerSecond, int.MaxValue);
    }

    private static DefaultHttpContext Answered(int status)
    {
        var http = new DefaultHttpContext
        {
            User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "mallory"), new Claim("jti", "id-1")])),
            Connection = { RemoteIpAddress = IPAddress.Parse("192.0.2.7") },
            Request = { Method = "POST", Path = "/v1/hunts/x/pause", Headers = { Authorization = "Bearer token" } },
            Response = { StatusCode = status },
        };
        http.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/v1/hunts/{huntId}/pause"), 0, null, null));
        return http;
    }

    private sealed class RefusalLines : List<string>, ILogger<RefusalLog>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                Add(formatter(state, exception));
    }
}
