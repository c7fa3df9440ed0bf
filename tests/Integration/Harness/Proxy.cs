using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>HAProxy with the system's own configuration, in front of the hosts of a test.</summary>
public sealed partial class Proxy : IDisposable
{
    private readonly Process _process;

    private Proxy(Process process, Uri url, Uri operators) => (_process, Url, Operators) = (process, url, operators);

    /// <summary>The site.</summary>
    public Uri Url { get; }

    /// <summary>What operators use.</summary>
    public Uri Operators { get; }

    /// <summary>Starts it, and waits until it knows which of its Apis are there.</summary>
    /// <param name="first">Where its first Api is; the second follows.</param>
    /// <param name="settings">Settings other than the usual ones, such as <c>HUNT_READS</c>.</param>
    public static async Task<Proxy> Start(HttpClient http, Uri first, Uri second, params (string Name, string Value)[] settings)
    {
        var (url, operators) = (new Uri($"http://127.0.0.1:{FreePort()}"), new Uri($"http://127.0.0.1:{FreePort()}"));
        var start = new ProcessStartInfo(
            "haproxy",
            ["-db", "-f", HostProcess.PathOf(
                "deploy/haproxy/haproxy.cfg")])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, place) in new[] { ("SITE", url), ("OPERATORS", operators), ("API_1", first), ("API_2", second), ("PROJECTIONS", second), ("COMMANDS_1", first), ("COMMANDS_2", second) })
        {
            start.Environment[$"HUNT_{name}"] = place.Authority;
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var proxy = new Proxy(process, url, operators);
        // A proxy that has just started takes a host away after one failed check, and on a busy machine the first check may time out.
        await Until.True("the proxy knows of each Api whether it is there", async () =>
            KnownApi().Count(await http.GetStringAsync(new Uri(operators, "/metrics"))) == 2);
        return proxy;
    }

    /// <summary>Asks for a path, as the holder of a token or as nobody.</summary>
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

    /// <summary>Sends bytes as they are and reads the answer to the end of the connection.</summary>
    /// <param name="to">The site unless it says otherwise.</param>
    public Task<string> Raw(string request, Uri? to = null) => RawHttp.Send(to ?? Url, request);

    /// <summary>Opens a connection, from another address of this machine if one is given.</summary>
    public async Task<TcpClient> Connect(Uri? to = null, string from = "127.0.0.1")
    {
        var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        await client.ConnectAsync(IPAddress.Loopback, (to ?? Url).Port);
        return client;
    }

    /// <summary>A client whose connections come from another address of this machine.</summary>
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

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>It has answered the last check, or nothing listens where it should be.</summary>
    [GeneratedRegex("""(?m)^haproxy_server_check_status\{proxy="api",server="[^"]+",state="(L7OK|L4CON)"\} 1$""")]
    private static partial Regex KnownApi();
}
