package main

import (
	"context"
	"crypto/rand"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// The password of everybody.
var password = os.Getenv("INTEROP_PASSWORD")

// sessions issues tokens of HS256 and rotates refresh tokens: one that comes twice ends its session, as RFC 9700 asks.
type sessions struct {
	key []byte

	mu        sync.Mutex
	count     map[string]int    // how often each RPC and the endpoint issued a token
	refreshes map[string]string // refresh token to session
	spent     map[string]string
	revoked   map[string]bool // access tokens
	access    map[string][]string
}

func newSessions() *sessions {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	return &sessions{
		key: key, count: map[string]int{}, refreshes: map[string]string{}, spent: map[string]string{},
		revoked: map[string]bool{}, access: map[string][]string{},
	}
}

type tokens struct {
	access, refresh string
	expiresIn       int64
}

// lifetime: the tokens of `brief` are soon over.
func lifetime(user string) time.Duration {
	if strings.HasPrefix(user, "brief") {
		return 4 * time.Second
	}
	return 10 * time.Minute
}

func (s *sessions) login(user, secret, by string) (tokens, bool) {
	if secret != password {
		return tokens{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count[by]++
	return s.issue(user), true
}

func (s *sessions) refresh(token string) (tokens, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count["RefreshToken"]++
	if user, twice := s.spent[token]; twice {
		s.end(user)
		return tokens{}, false
	}
	user, known := s.refreshes[token]
	if !known {
		return tokens{}, false
	}
	delete(s.refreshes, token)
	s.spent[token] = user
	return s.issue(user), true
}

func (s *sessions) issue(user string) tokens {
	now := time.Now()
	life := lifetime(user)
	claims := jwt.MapClaims{"sub": user, "iat": now.Unix(), "exp": now.Add(life).Unix(), "jti": rand.Text()}
	access, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(s.key)
	if err != nil {
		panic(err) // a key of bytes always signs
	}
	refresh := rand.Text()
	s.refreshes[refresh] = user
	s.access[user] = append(s.access[user], access)
	return tokens{access, refresh, int64(life.Seconds())}
}

// end makes everything void that a user holds.
func (s *sessions) end(user string) {
	s.revoke(user)
	for token, owner := range s.refreshes {
		if owner == user {
			delete(s.refreshes, token)
		}
	}
}

// revoke makes a user's access tokens void, and leaves the refresh tokens.
func (s *sessions) revoke(user string) {
	for _, token := range s.access[user] {
		s.revoked[token] = true
	}
	delete(s.access, user)
}

// logout ends the session of a refresh token.
func (s *sessions) logout(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if user, known := s.refreshes[token]; known {
		s.end(user)
	}
}

// check is what the interceptors ask.
func (s *sessions) check(ctx context.Context) error {
	md, _ := metadata.FromIncomingContext(ctx)
	values := md.Get("authorization")
	if len(values) == 0 {
		return status.Error(codes.Unauthenticated, "authorization token is not provided")
	}
	token, bearer := strings.CutPrefix(values[0], "Bearer ")
	if !bearer {
		return status.Error(codes.Unauthenticated, "authorization header format must be Bearer {token}")
	}
	_, err := jwt.Parse(token, func(*jwt.Token) (any, error) { return s.key, nil }, jwt.WithValidMethods([]string{"HS256"}))
	if err != nil {
		return status.Errorf(codes.Unauthenticated, "access token is invalid: %v", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.revoked[token] {
		return status.Error(codes.Unauthenticated, "access token is invalid: it was revoked")
	}
	return nil
}

// open are the methods that need no token.
func open(method string) bool {
	return strings.HasPrefix(method, "/grpc.reflection.") || strings.HasPrefix(method, "/auth.v1.AuthService/")
}

// guard are the interceptors of a door; `never` lets no token through.
func (s *sessions) guard(never bool) []grpc.ServerOption {
	check := func(ctx context.Context, method string) error {
		if open(method) {
			return nil
		}
		if never {
			return status.Error(codes.Unauthenticated, "access token is invalid: whatever it is")
		}
		return s.check(ctx)
	}
	return []grpc.ServerOption{
		grpc.UnaryInterceptor(func(ctx context.Context, request any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
			if err := check(ctx, info.FullMethod); err != nil {
				return nil, err
			}
			return next(ctx, request)
		}),
		grpc.StreamInterceptor(func(server any, stream grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) error {
			if err := check(stream.Context(), info.FullMethod); err != nil {
				return err
			}
			return next(server, stream)
		}),
	}
}
