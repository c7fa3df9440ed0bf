using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;
using TreasureHunt.Api.Problems;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Requests refused for their token, rights or rate are logged, with a limit of lines a second.</summary>
public class RefusalLogSpecs
{
    private readonly RefusalLines _lines = new();

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(429)]
    public void A_refused_request_is_logged_with_route_address_and_token(int status)
    {
        using var log = new RefusalLog(_lines);

        log.Record(ResponseWith(status));

        Assert.Equal(
            $"Refused with {status}: POST /v1/hunts/{{huntId}}/pause from 192.0.2.7, subject mallory, token id-1; 0 such lines were omitted before", Assert.Single(_lines));
    }

    [Fact]
    public void A_request_without_a_token_is_logged_without_subject_and_token()
    {
        using var log = new RefusalLog(_lines);
        var http = ResponseWith(401);
        http.User = new ClaimsPrincipal();
        http.Request.Headers.Authorization = default;

        log.Record(http);

        Assert.Contains("subject none, token none", Assert.Single(_lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(503)]
    public void Other_responses_are_not_logged(int status)
    {
        using var log = new RefusalLog(_lines);

        log.Record(ResponseWith(status));

        Assert.Empty(_lines);
    }

    [Fact]
    public void Many_refusals_leave_ten_lines_a_second_and_the_number_of_omitted_ones()
    {
        using var log = new RefusalLog(_lines);

        // Independent of the speed of the machine: it ends with the first line that counts omitted ones.
        for (var n = 0; n < 1_000_000
            && !_lines.Exists(line => !line.EndsWith(" 0 such lines were omitted before", StringComparison.Ordinal)); n++)
        {
            log.Record(ResponseWith(429));
        }

        Assert.InRange(
            _lines.FindIndex(line => !line.EndsWith(" 0 such lines were omitted before", StringComparison.Ordinal)),
            RefusalLog.MaxLinesPerSecond, int.MaxValue);
    }

    private static DefaultHttpContext ResponseWith(int status)
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
