using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>HAProxy with the configuration of the repository, in front of the hosts of a test.</summary>
public sealed partial class Proxy : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = [];

    private Proxy(Process process, Uri url, Uri operators)
    {
        (_process, Url, Operators) = (process, url, operators);
        process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The lines of its log.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>The address of the site.</summary>
    public Uri Url { get; }

    /// <summary>The address for operators.</summary>
    public Uri Operators { get; }

    /// <summary>Starts the proxy and waits until it has checked both Apis.</summary>
    /// <param name="first">The address of the first Api; the second follows.</param>
    /// <param name="settings">Settings in addition to the default ones, such as <c>HUNT_READS</c>.</param>
    public static async Task<Proxy> Start(HttpClient http, Uri first, Uri second, params (string Name, string Value)[] settings)
    {
        var (url, operators) = (new Uri($"http://127.0.0.1:{FreePort()}"), new Uri($"http://127.0.0.1:{FreePort()}"));
        var start = new ProcessStartInfo(
            "haproxy",
            ["-db", "-f", RepositoryFiles.PathOf(
                "deploy/haproxy/haproxy.cfg")])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        (string Name, Uri Address)[] hosts =
        [
            ("SITE", url), ("OPERATORS", operators), ("API_1", first), ("API_2", second), ("PROJECTIONS", second),
            ("COMMANDS_1", first), ("COMMANDS_2", second),
        ];
        foreach (var (name, address) in hosts)
        {
            start.Environment[$"HUNT_{name}"] = address.Authority;
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var proxy = new Proxy(process, url, operators);
        // Right after its start the proxy marks a host as down after one failed check, and on a busy machine the first check may time out.
        await Poll.Until("the proxy has checked both Apis", async () =>
            KnownApi().Count(await http.GetStringAsync(new Uri(operators, "/metrics"))) == 2);
        return proxy;
    }

    /// <summary>Sends a GET request, with a token or without one.</summary>
    public Task<ApiResponse> Get(HttpClient http, string path, string? token = null) => Send(http, HttpMethod.Get, path, token);

    /// <summary>Posts without a body.</summary>
    public Task<ApiResponse> Post(HttpClient http, string path, string? token = null, params (string Name, string Value)[] headers) =>
        Send(http, HttpMethod.Post, path, token, headers);

    public async Task<ApiResponse> Send(
        HttpClient http, HttpMethod method, string path, string? token, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Url, path));
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        foreach (var header in headers)
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        using var response = await http.SendAsync(request);
        return await ApiResponse.Of(response);
    }

    /// <summary>Sends raw bytes and reads the response to the end of the connection.</summary>
    /// <param name="to">The address; null for the site.</param>
    public Task<string> Raw(string request, Uri? to = null) => RawHttp.Send(to ?? Url, request);

    /// <summary>Opens a TCP connection.</summary>
    public async Task<TcpClient> Connect(Uri? to = null, string from = "127.0.0.1")
    {
        var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        await client.ConnectAsync(IPAddress.Loopback, (to ?? Url).Port);
        return client;
    }

    /// <summary>Creates a client whose connections come from another loopback address.</summary>
    public static HttpClient From(string address) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    /// <summary>Returns a free port.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The last check of an Api succeeded, or its port is closed.</summary>
    [GeneratedRegex("""(?m)^haproxy_server_check_status\{proxy="api",server="[^"]+",state="(L7OK|L4CON)"\} 1$""")]
    private static partial Regex KnownApi();
}
