using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Google.Protobuf;
using PulumiEvs.Plugin.Grpc;

namespace PulumiEvs.Bench.Cloud;

/// <summary>
/// Calls a gRPC server with one thread and one blocking socket, HTTP/2 frames written and read in place (RFC 9113; HPACK literals, RFC
/// 7541): next to nothing of a round trip's time is this client's own.
/// </summary>
internal sealed class BareClient : IDisposable
{
    private const int FrameHeader = 9;
    private const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8;
    private const byte EndStream = 1, Acknowledged = 1, EndHeaders = 4;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly string _authority;
    private int _begin;
    private int _end;
    private int _stream = 1;

    /// <param name="port">On 127.0.0.1.</param>
    public BareClient(int port)
    {
        _authority = $"127.0.0.1:{port}";
        _socket.Connect(IPAddress.Loopback, port);
        using var hello = new MemoryStream();
        hello.Write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);

        // No table of headers, so that what the server answers can be read without one; windows that need no care.
        WriteFrame(hello, Settings, 0, 0, [0, 1, 0, 0, 0, 0, 0, 4, 0x7f, 0xff, 0xff, 0xff]);
        WriteFrame(hello, WindowUpdate, 0, 0, [0x7f, 0xff, 0, 0]);
        _socket.Send(hello.ToArray());
    }

    /// <summary>The frames of one unary call, but for the number of its stream.</summary>
    public byte[] Prepare(string path, IMessage request)
    {
        using var headers = new MemoryStream();
        foreach (var (name, value) in ((string, string)[])
            [(":method", "POST"), (":scheme", "http"), (":path", path), (":authority", _authority), ("content-type", "application/grpc"), ("te", "trailers")])
        {
            headers.WriteByte(0);
            foreach (var text in (string[])[name, value])
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, 126);
                headers.WriteByte((byte)text.Length);
                headers.Write(Encoding.ASCII.GetBytes(text));
            }
        }

        var message = new ArrayBufferWriter<byte>();
        GrpcFraming.Write(message, request);
        using var call = new MemoryStream();
        WriteFrame(call, Headers, EndHeaders, 0, headers.ToArray());
        WriteFrame(call, Data, EndStream, 0, message.WrittenSpan);
        return call.ToArray();
    }

    /// <summary>Sends the call and returns when its trailers are there and say OK.</summary>
    public void Call(byte[] prepared)
    {
        BinaryPrimitives.WriteInt32BigEndian(prepared.AsSpan(5), _stream);
        var first = FrameHeader + Length(prepared);
        BinaryPrimitives.WriteInt32BigEndian(prepared.AsSpan(first + 5), _stream);
        _socket.Send(prepared);
        while (true)
        {
            Fill(FrameHeader);
            var (length, type, flags) = (Length(_buffer.AsSpan(_begin)), _buffer[_begin + 3], _buffer[_begin + 4]);
            var stream = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_begin + 5));
            Fill(FrameHeader + length);
            var payload = _buffer.AsSpan(_begin + FrameHeader, length);
            _begin += FrameHeader + length;
            switch (type)
            {
                case Headers when stream == _stream && (flags & EndStream) != 0:
                    _stream += 2;
                    if (payload.IndexOf("grpc-status\u00010"u8) < 0)
                    {
                        throw new InvalidOperationException("the call has failed: " + Encoding.ASCII.GetString(payload));
                    }

                    return;
                case Settings or Ping when (flags & Acknowledged) == 0:
                    using (var answer = new MemoryStream())
                    {
                        WriteFrame(answer, type, Acknowledged, 0, type == Ping ? payload : []);
                        _socket.Send(answer.ToArray());
                    }

                    break;
                case Reset or GoAway:
                    throw new InvalidOperationException($"frame {type} of stream {stream}");
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static int Length(ReadOnlySpan<byte> frame) => (frame[0] << 16) | BinaryPrimitives.ReadUInt16BigEndian(frame[1..]);

    private static void WriteFrame(MemoryStream into, byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[FrameHeader];
        BinaryPrimitives.WriteInt32BigEndian(header, payload.Length << 8);
        header[3] = type;
        header[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(header[5..], stream);
        into.Write(header);
        into.Write(payload);
    }

    /// <summary>Reads until so many bytes are there.</summary>
    private void Fill(int count)
    {
        if (_begin == _end)
        {
            (_begin, _end) = (0, 0);
        }
        else if (_begin + count > _buffer.Length)
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            (_begin, _end) = (0, _end - _begin);
        }

        while (_end - _begin < count)
        {
            var read = _socket.Receive(_buffer.AsSpan(_end));
            if (read == 0)
            {
                throw new IOException("the server has closed the connection");
            }

            _end += read;
        }
    }
}
